"""`python -m bridle` is the command `bridle`."""

from bridle.cli import main

main()
