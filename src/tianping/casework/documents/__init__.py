"""文书材料 · Documents of cases: the bytes in a folder by their hash, who filed them in rows, and a check that both agree."""
