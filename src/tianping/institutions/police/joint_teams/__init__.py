"""联勤联动队 · The joint team of station, traffic police and urban management, and what each of them decides."""
