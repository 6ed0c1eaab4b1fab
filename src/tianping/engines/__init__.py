"""引擎 · The engines that run a definition: supervise, and later operate, measure, rehearse."""
