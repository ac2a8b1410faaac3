#!/usr/bin/perl
# A DOS program, assembled here and now: a .COM file, which DOS takes by the name of an .EXE too.
#
#   dos-program.pl FILE ORDER...
#
#   say TEXT            prints a line
#   read PATH SIZE      the file has to have so many bytes, up to 4096
#   patch PATH AT BYTE  changes one byte of a file
#   make PATH TEXT      makes a file, or empties the one that is there
#   fill PATH SIZE      makes a file of so many zeros, up to 4096
#   mkdir PATH
#   absent PATH         nothing may be there
#   refused PATH        making a file has to fail
#   exit STATUS
#   hang                runs for ever
#
# An order that cannot be carried out ends the program with a line that says so, and status 9.
use strict;
use warnings;

my ($file, @orders) = @ARGV;
my ($code, $data, @places) = ('', "\0" x 4097);

sub w { pack 'v', shift }

# The address of something in the data, which follows the code.
sub address {
    push @places, [length $code, shift];
    $code .= w(0);
}

sub text {
    my $at = length $data;
    $data .= shift;
    return $at;
}
sub path { address(text(shift() . "\0")) }

sub dos { $code .= "\xcd\x21" }

sub say_text {
    $code .= "\xb4\x09\xba";
    address(text("$_[0]\r\n\$"));
    dos();
}

# Ends the program unless the jump is taken.
sub unless_jump {
    my ($jump, $order) = @_;
    $code .= $jump . "\x0c";
    say_text("cannot: $order");
    $code .= "\xb8\x09\x4c";
    dos();
}
my ($no_carry, $carry, $equal) = ("\x73", "\x72", "\x74");

sub opened {
    my ($call, $path, $order) = @_;
    $code .= "\x31\xc9$call\xba";
    path($path);
    dos();
    unless_jump($no_carry, $order);
    $code .= "\x93"; # the handle to bx
}
my ($open_to_read, $open_to_change, $create) = ("\xb8\x00\x3d", "\xb8\x02\x3d", "\xb4\x3c");

# Reads or writes, and has to get as many bytes as it asked for.
sub transfer {
    my ($call, $size, $at, $got, $order) = @_;
    $code .= $call . "\xb9" . w($size) . "\xba";
    address($at);
    dos();
    $code .= "\x3d" . w($got);
    unless_jump($equal, $order);
}

sub closed {
    $code .= "\xb4\x3e";
    dos();
}

my %orders = (
    say  => [1, sub { say_text($_[1]) }],
    read => [
        2,
        sub {
            opened($open_to_read, $_[1], $_[0]);
            transfer("\xb4\x3f", $_[2] + 1, 0, $_[2], $_[0]);
            closed();
        }
    ],
    patch => [
        3,
        sub {
            opened($open_to_change, $_[1], $_[0]);
            $code .= "\xb8\x00\x42\x31\xc9\xba" . w($_[2]);
            dos();
            transfer("\xb4\x40", 1, text(chr $_[3]), 1, $_[0]);
            closed();
        }
    ],
    make => [
        2,
        sub {
            opened($create, $_[1], $_[0]);
            transfer("\xb4\x40", length $_[2], text($_[2]), length $_[2], $_[0]);
            closed();
        }
    ],
    fill => [
        2,
        sub {
            opened($create, $_[1], $_[0]);
            transfer("\xb4\x40", $_[2], text("\0" x $_[2]), $_[2], $_[0]);
            closed();
        }
    ],
    mkdir   => [1, sub { $code .= "\xb4\x39\xba";     path($_[1]); dos(); unless_jump($no_carry, $_[0]) }],
    absent  => [1, sub { $code .= "\xb8\x00\x43\xba"; path($_[1]); dos(); unless_jump($carry,    $_[0]) }],
    refused => [1, sub { $code .= "\xb4\x3c\x31\xc9\xba"; path($_[1]); dos(); unless_jump($carry, $_[0]) }],
    exit    => [1, sub { $code .= "\xb8" . chr($_[1]) . "\x4c"; dos() }],
    hang    => [0, sub { $code .= "\xeb\xfe" }],
);

while (@orders) {
    my $order = shift @orders;
    my ($count, $emit) = @{$orders{$order} || die "no such order: $order\n"};
    die "$order: $count words are wanted\n" if @orders < $count;
    my @words = splice @orders, 0, $count;
    $emit->("$order $words[0]", @words) if $count;
    $emit->($order) unless $count;
}
substr($code, $_->[0], 2) = w(0x100 + length($code) + $_->[1]) for @places;
open my $out, '>:raw', $file or die "$file: $!\n";
print $out $code . $data;
close $out or die "$file: $!\n";
