#!/bin/sh
# The README's transcript is real: its commands give its output.  UPDATE=1 rewrites it.
. "${srcdir:-$(dirname "$0")/..}/t/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

tree_workgroup "$work/wgpo"
readme=$srcdir/README.md
srcdir=$srcdir GATEPOST_RULES=rules/msmail-lab LC_ALL=C.UTF-8 WORK=$work perl - "$readme" >"$work/readme" <<'PERL'
use strict;
use warnings;
local $/;
open my $in, '<', $ARGV[0] or die "$ARGV[0]: $!";
my $text = <$in>;
chdir "$ENV{srcdir}" or die $!;
$text =~ s{(<!-- transcript:[^\n]*\n```\n)(.*?)(```\n)}{
    my ($head, $body, $tail) = ($1, $2, $3);
    my @commands = $body =~ /^\$ (gatepost .*)$/mg;
    $head . join("\n", map { "\$ $_\n" . run($_) } @commands) . $tail
}se or die "no transcript";
print $text;

sub run {
    my $command = shift;
    $command =~ s{^gatepost}{"\$GATEPOST"};
    $command =~ s{/srv}{$ENV{WORK}}g;
    my $out = `$command 2>&1`;
    $out =~ s{\Q$ENV{WORK}\E}{/srv}g;
    $out =~ s{ledger: [0-9a-f-]+}{ledger: …}g;
    return $out;
}
PERL
[ -n "${UPDATE:-}" ] && [ -s "$work/readme" ] && cp "$work/readme" "$readme"
is 'the transcript is what happens' "$(diff "$readme" "$work/readme")" ''
is 'it has commands' "$(grep -c '^\$ gatepost' "$readme")" 5

done_testing
