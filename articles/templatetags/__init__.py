"""What readers' templates ask for."""
