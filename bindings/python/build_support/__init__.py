"""What builds the package. No part of what is installed."""
