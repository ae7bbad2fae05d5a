# Completion of netctl for fish. netctl itself knows what can be typed.

function __netctl_complete
    set -l words (commandline --cut-at-cursor --current-process --tokenize)
    set -l token (commandline --cut-at-cursor --current-token | string collect)
    set -l typed (string unescape -- "$token" | string collect)
    set -l program (string replace --regex -- '^~(?=/)' "$HOME" $words[1])
    if not command --query -- $program
        set program netctl
    end
    set -e words[1]
    for line in (command $program __complete $words "$typed" 2>/dev/null)
        if test "$line" = \tfiles
            complete --do-complete "'' $token"
        else
            echo -- $line
        end
    end
end

complete --command netctl --no-files --keep-order --arguments '(__netctl_complete)'
