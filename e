/dev/fd/3: line 83: ./eval-verdict: No such file or directory
