"""The sample newsroom: documents and illustrations made for this project."""
