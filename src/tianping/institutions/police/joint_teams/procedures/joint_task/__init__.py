"""联勤联动任务 · One task of the joint team."""
