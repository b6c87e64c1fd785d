#!/bin/sh
# Runs the tests as they would be run on other days, in other places and in another house: `sh tests/dates.sh PYTEST…`.
# Needs a C compiler and Debian's locales.
set -eu
MADE=$(mktemp -d)
trap 'rm -rf "$MADE"' EXIT
cc -shared -fPIC -O2 -o "$MADE/other_day.so" "$(dirname "$0")/other_day.c"
export LOCPATH=$MADE
localedef -i tr_TR -f UTF-8 "$LOCPATH/tr_TR.UTF-8"

failed=""

# when ZONE LOCALE PYTEST…: `when` as date(1) reads it, in that zone.
on() {
    when=$1 zone=$2 locale=$3
    shift 3
    echo "== $when, $zone, $locale"
    later=$(($(TZ=$zone date -d "$when" +%s) - $(date +%s)))
    TZ=$zone LC_ALL=$locale MASA_DEMO=0 MASA_TELEGRAM__TOKEN=1:other MASA_DATABASE_URL=sqlite:////another/house.db \
        OTHER_DAY_SECONDS=$later LD_PRELOAD=$MADE/other_day.so "$@" || failed="$failed
  $when, $zone, $locale"
}

on "+1 day" Europe/Istanbul C.UTF-8 "$@"
on "next monday 09:00" Europe/Istanbul C.UTF-8 "$@"
on "next tuesday 18:00" Europe/Istanbul C "$@"
on "+40 days" UTC tr_TR.UTF-8 "$@"
on "+400 days" Pacific/Kiritimati C.UTF-8 "$@"
on "+1500 days" UTC C "$@"
on "2027-02-28 12:00" Europe/Istanbul C.UTF-8 "$@"
on "2027-12-31 23:58" Europe/Istanbul C.UTF-8 "$@"
on "2027-03-14 01:58" America/New_York tr_TR.UTF-8 "$@" # two minutes before the clocks there go on
on "2027-11-07 01:58 EDT" America/New_York C.UTF-8 "$@" # and back

[ -z "$failed" ] || { echo "Failed at:$failed"; exit 1; }
