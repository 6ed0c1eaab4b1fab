"""读取 · What may be read of cases: lists, one case, what may be done with it, and the search of titles. Everything asks the one probe first."""
