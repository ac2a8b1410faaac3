#!/usr/bin/perl
# Others at work in the tree at the same time: a second run, and somebody who swaps directories and files for links at
# any moment.
use strict;
use warnings;
use Digest::SHA;
use File::Temp qw(tempdir);
use POSIX qw(WNOHANG);
use Test::More;
use Time::HiRes qw(time);

my $program = $ENV{GATEPOST} || 'build/src/gatepost';
my $top     = tempdir('gatepost-races.XXXXXX', TMPDIR => 1, CLEANUP => 1);
my ($tree, $rules, $outside) = map {"$top/$_"} qw(tree race outside);
delete $ENV{GATEPOST_RULES};
$ENV{XDG_CONFIG_HOME} = "$top/config";

sub spew {
    my ($path, $bytes) = @_;
    open my $out, '>', $path or die "$path: $!\n";
    print $out $bytes;
    close $out or die "$path: $!\n";
}

sub slurp {
    my ($path) = @_;
    open my $in, '<', $path or return undef;
    local $/;
    return <$in> // '';
}

mkdir $_ for $tree, "$tree/DATA", $rules, $outside;
spew("$tree/DATA/MASTER", 'M' x 10);
spew("$tree/DATA/FILE$_", "old $_") for 1 .. 40;
# Whoever reads this sees another size, and a word that nothing inside has.
spew("$outside/MASTER",   'outside' x 10);
spew("$outside/FILE$_",   "outside $_") for 1 .. 40;
my $patches = join '', map {"      - { write: DATA/FILE$_, text: \"new $_\" }\n"} 1 .. 40;
spew("$rules/ruleset.yaml", <<"END");
gatepost: 1
ruleset: race
title: Races
version: 1.0.0
operations:
  act:
    title: Act once
    requires:
      once: { that: { absent: DATA/DONE }, otherwise: { cause: It was done. } }
    action:
$patches      - { write: DATA/DONE, text: done }
  again:
    title: Act as often as one likes
    requires:
      there: { that: { file: DATA/MASTER }, otherwise: { cause: There is none. } }
    action:
$patches
  leak:
    title: Allowed if what is outside was looked at
    requires:
      outside: { that: { any: [{ file: DATA/MASTER, size: 70 }, { file: DATA/FILE1, text: { contains: outside } }] }, otherwise: { cause: It was not. } }
END

sub start {
    my @words = @_;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        open STDOUT, '>', '/dev/null';
        open STDERR, '>', '/dev/null';
        exec $program, @words or exit 127;
    }
    return $pid;
}

# The exit status; a signal is one above 255.
sub status_of { waitpid shift, 0; return $? & 127 ? 256 + ($? & 127) : $? >> 8 }

# --- two runs at once ----------------------------------------------------------------------------------------------

my (%seen, $double);
for (1 .. 25) {
    unlink "$tree/DATA/DONE", "$tree/GATEPOST/LEDGER";
    my @pids = map { start('-r', $rules, 'run', 'act', $tree) } 1 .. 2;
    my $outcome = join '+', sort { $a <=> $b } map { status_of($_) } @pids;
    $seen{$outcome}++;
    $double++ if (slurp("$tree/GATEPOST/LEDGER") // '') =~ tr/\n// != 1;
}
is_deeply([grep { $_ ne '0+75' && $_ ne '0+1' } sort keys %seen],
    [], 'of two runs at once one acts; the other finds it busy, or done');
ok($seen{'0+75'}, '  busy it was in some rounds') or diag(join ', ', %seen);
ok(!$double,      '  and the ledger has one line each time');

# --- links in place of what was there ------------------------------------------------------------------------------

sub picture {
    my ($dir) = @_;
    return join "\n", map { my @st = lstat "$dir/$_"; "$_ @st[2, 3, 7, 9] " . Digest::SHA::sha256_hex(slurp("$dir/$_") // '') }
        sort grep { !/^\./ } do { opendir my $d, $dir or die; readdir $d };
}

# Swaps until it is told to stop; leaves everything as it was.
sub swapper {
    my ($real, $link) = @_;
    my $pid = fork // die "fork: $!\n";
    return $pid if $pid;
    my $stop = 0;
    local $SIG{TERM} = sub { $stop = 1 };
    my $swaps = 0;
    until ($stop) {
        rename $real, "$top/away";
        symlink $link, $real;
        unlink $real;
        rename "$top/away", $real;
        $swaps++;
    }
    spew("$top/swaps", $swaps);
    POSIX::_exit(0);
}

my $before = picture($outside);
for my $swap (["$tree/DATA", $outside, 'a directory'], ["$tree/DATA/MASTER", "$outside/MASTER", 'a file'],
    ["$tree/DATA/FILE1", "$outside/FILE1", 'a file that is written']) {
    my ($real, $link, $what) = @$swap;
    my ($pid, $until, %checks, %runs) = (swapper($real, $link), time + 1.5);
    while (time < $until) {
        $checks{ status_of(start('-r', $rules, 'check', 'leak', $tree)) }++;
        $runs{ status_of(start('-r', $rules, 'run', 'again', $tree)) }++;
        # A rollback that met a link leaves a journal that names it; it is for recover, once the link is gone.
        status_of(start('recover', $tree));
    }
    kill 'TERM', $pid;
    waitpid $pid, 0;
    my $swaps = slurp("$top/swaps");
    note("$what: $swaps swaps; check " . join(', ', map {"$_: $checks{$_}"} sort keys %checks) . '; run '
            . join(', ', map {"$_: $runs{$_}"} sort keys %runs));
    cmp_ok($swaps, '>', 100, "$what is swapped for a link and back, many times");
    ok(!$checks{0}, '  nothing outside was ever looked at');
    is_deeply([grep { !/^(?:1|2)$/ } keys %checks], [], '  check always came to an answer');
    is_deeply([grep { !/^(?:0|1|2|5|6|7)$/ } keys %runs], [], '  so did run');
    is(picture($outside), $before, '  nothing outside was ever written');
    is(status_of(start('recover', $tree)), 0, '  recover puts what is left in order');
    my @mixed = grep { (slurp("$tree/DATA/FILE$_") // 'gone') !~ /^(?:old|new) $_$/ } 1 .. 40;
    is_deeply(\@mixed, [], '  every file is whole and its own');
}

done_testing();
