"""巡访年度 · One leader in one year."""
