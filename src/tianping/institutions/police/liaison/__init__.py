"""项目联系 · An officer for every project."""
