"""放假安排 · A holiday notice tried out on the limits, loaded for good, and the limits reckoned anew under it."""
