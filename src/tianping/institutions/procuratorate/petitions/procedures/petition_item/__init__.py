"""信访积案 · One person and one matter, however often it comes."""
