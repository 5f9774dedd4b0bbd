"""Work on other threads: jobs, and tasks of which only the latest matters."""
