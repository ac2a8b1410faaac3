# perl t/data/json.pl PATH <FILE: prints what PATH leads to, several values on one line with blanks between them.
#
# PATH is keys joined by dots.  In a list a key is an index, the id of an element, "*" for all of them, or "@KEY=VALUE"
# for those that have it.  A list of one object at the top is that object.  null prints as null, true as true; a key
# that is not there is an error, so that a misspelt one never passes.
use strict;
use warnings;
use JSON::PP;

binmode STDOUT, ':encoding(UTF-8)';
my $path = shift // die "usage: json.pl PATH\n";
local $/;
my $top = JSON::PP->new->utf8->decode(<STDIN>);
my @keys = split /\./, $path;
$top = $top->[0] if ref $top eq 'ARRAY' && @$top == 1 && $keys[0] !~ /^(?:\d+|\*|\@.*)$/;
my @found = ($top);
for my $key (@keys) {
    my @next;
    for my $value (@found) {
        if (ref $value eq 'HASH') {
            exists $value->{$key} or die "no key \"$key\"\n";
            push @next, $value->{$key};
        } elsif (ref $value ne 'ARRAY') {
            die "nothing below \"$key\"\n";
        } elsif ($key eq '*') {
            push @next, @$value;
        } elsif ($key =~ /^\@([^=]+)=(.*)$/) {
            push @next, grep { ref eq 'HASH' && defined $_->{$1} && $_->{$1} eq $2 } @$value;
        } elsif ($key =~ /^\d+$/) {
            $key < @$value or die "no element $key\n";
            push @next, $value->[$key];
        } else {
            my @same = grep { ref eq 'HASH' && ($_->{id} // '') eq $key } @$value;
            @same or die "no element with the id \"$key\"\n";
            push @next, @same;
        }
    }
    @found = @next;
}
print join(' ', map { !defined ? 'null' : JSON::PP::is_bool($_) ? ($_ ? 'true' : 'false') : ref ? JSON::PP->new->canonical->encode($_) : $_ } @found), "\n";
