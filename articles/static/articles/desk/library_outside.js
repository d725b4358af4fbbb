// The list of pictures still outside.

import "desk/file_choice"
import "desk/library_missing"
