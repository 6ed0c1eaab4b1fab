"""项目联系 · One project and its officers."""
