# Reads a manual page whose comments say of displays what they are, writes the files and runs the sessions that it shows
# in the directory DIR, in order, and prints the page with what the commands print now.
#
#     perl manual.pl PAGE DIR
use strict;
use warnings;
use File::Basename qw(dirname);

my ($page, $dir) = @ARGV;
my $mark = "\001command";

sub contents { open my $in, '<', shift or die "$!"; local $/; return <$in> }
sub plain { my $line = shift; $line =~ s/\\&//g; $line =~ s/\\e/\\/g; return $line }
sub source { my $line = shift; $line =~ s/\\/\\e/g; $line =~ s/^([.'])/\\&$1/; return $line }

# Displays: [kind, first line, lines], the lines without those of the macros.
my @lines = split /\n/, contents($page);
my @displays;
for (my $i = 0; $i < @lines; $i++) {
    next unless $lines[$i] =~ /^\.\\" (?:file: (\S+)|(session))$/;
    my $file = $1;
    die "$page:", $i + 2, ": no display\n" unless $lines[$i + 1] =~ /^\.Bd -literal/;
    my $first = $i + 2;
    my $end = $first;
    $end++ until $lines[$end] eq '.Ed';
    push @displays, { file => $file, first => $first, lines => [@lines[$first .. $end - 1]] };
    $i = $end;
}

# One shell for all, so that cd and variables last.
my $count = 0;
open my $script, '>', "$dir.sh" or die "$!";
print $script "exec 2>&1\ncd '$dir' || exit\n";
for my $display (@displays) {
    my @plain = map { plain($_) } @{ $display->{lines} };
    if (defined $display->{file}) {
        my $saved = "$dir.file" . $count++;
        open my $out, '>', $saved or die "$!";
        print $out map { "$_\n" } @plain;
        close $out;
        print $script "mkdir -p '", dirname($display->{file}), "'; cp '$saved' '$display->{file}'\n";
        next;
    }
    for (@plain) {
        print $script "printf '$mark\\n'\n$1\n" if /^\$ (.*)/;
    }
}
close $script;
my (undef, @outputs) = split /^$mark\n/m, `sh '$dir.sh'`;

# The page again: behind each command what it printed; what chance decides stays as the page has it.
my $shift = 0;
for my $display (grep { !defined $_->{file} } @displays) {
    my @new;
    my ($ledger) = join("\n", @{ $display->{lines} }) =~ /ledger: ([0-9a-f-]+)/;
    for my $command (grep { /^\$ / } @{ $display->{lines} }) {
        my $output = shift @outputs;
        $output = "(it did not come to this)\n" unless defined $output;
        $output =~ s/\Q$dir\E/~/g;
        $output =~ s/ledger: \K[0-9a-f-]+/$ledger/g if defined $ledger;
        push @new, $command, map { source($_) } split /\n/, $output;
    }
    splice @lines, $display->{first} + $shift, scalar @{ $display->{lines} }, @new;
    $shift += @new - @{ $display->{lines} };
}
print map { "$_\n" } @lines;
