using System.CommandLine;
using Custody.Core.Intents;

namespace Custody.Cli.CommandLine;

/// <summary>The argument that names a whitelist entry.</summary>
internal static class EntryArgument
{
    public static Argument<string> Create()
    {
        var argument = new Argument<string>("ENTRY") { Description = "The whitelist entry's id." };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Identifier.IsValid(token.Value))
            {
                result.AddError($"'{token.Value}' is not an entry's id: {Identifier.Form}.");
            }
        });
        return argument;
    }
}
