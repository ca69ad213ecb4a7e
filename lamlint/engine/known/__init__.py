"""What came of jobs in earlier runs, and whether the same would come of them now."""
