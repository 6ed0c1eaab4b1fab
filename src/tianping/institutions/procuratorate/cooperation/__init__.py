"""警检协作 · Five mechanisms between police and procuratorate, and supervision of filing."""
