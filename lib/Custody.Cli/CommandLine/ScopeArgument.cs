using System.CommandLine;
using Custody.Core.Journals;

namespace Custody.Cli.CommandLine;

/// <summary>The argument that names what a freeze covers.</summary>
internal static class ScopeArgument
{
    public static Argument<string> Create()
    {
        var argument = new Argument<string>("SCOPE") { Description = "platform, vault/ID or client/ID." };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !FreezeScope.IsValid(token.Value))
            {
                result.AddError($"'{token.Value}' is not a scope: platform, vault/ID or client/ID.");
            }
        });
        return argument;
    }
}
