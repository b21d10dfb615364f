using System.CommandLine;
using Custody.Core.Intents;

namespace Custody.Cli.CommandLine;

/// <summary>The argument that names a withdrawal.</summary>
internal static class WithdrawalArgument
{
    public static Argument<string> Create()
    {
        var argument = new Argument<string>("ID") { Description = "The withdrawal: w and 32 hex digits." };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !WithdrawalId.IsValid(token.Value))
            {
                result.AddError($"'{token.Value}' is not a withdrawal's id: w and 32 lower-case hex digits.");
            }
        });
        return argument;
    }
}
