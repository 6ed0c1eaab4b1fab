"""参数 · The figures of calculations as they hold in this city: the law's tables, and over them what the city added with its sources."""
