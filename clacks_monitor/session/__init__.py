"""The use cases, without Qt: the interface of the window and the command line to everything else."""
