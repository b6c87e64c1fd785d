"""What ends on a day, and the firms that the house works with: kept, told in time, renewed."""
