"""``python -m kg`` does what ``kg`` does."""

import sys

from kg.cli import main

sys.exit(main())
