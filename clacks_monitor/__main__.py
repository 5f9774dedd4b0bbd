"""python -m clacks_monitor."""

import sys

from clacks_monitor.app import main

sys.exit(main())
