"""文书界面 · Documents in writing of a case: what may be written, the draft with what it lacks, issue, the copy for the public."""
