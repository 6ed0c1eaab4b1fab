"""发件箱 · Messages that leave a case: delivered exactly once inside this database, at least once outside, every attempt on record."""
