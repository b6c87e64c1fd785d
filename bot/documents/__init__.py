"""Files that people bring or take away: staff lists, registers, charts."""
