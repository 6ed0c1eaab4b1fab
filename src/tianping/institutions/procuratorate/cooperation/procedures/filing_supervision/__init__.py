"""立案监督 · One case in which the procuratorate asks why none was opened."""
