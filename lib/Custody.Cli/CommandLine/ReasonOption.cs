using System.CommandLine;

namespace Custody.Cli.CommandLine;

/// <summary>The option that says why; it is signed and kept.</summary>
internal static class ReasonOption
{
    private const int Longest = 500;

    public static Option<string> Create()
    {
        var option = new Option<string>("--reason") { Description = "Why: one sentence, signed and kept.", Required = true, HelpName = "TEXT" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (string.IsNullOrWhiteSpace(token.Value) || token.Value.Length > Longest))
            {
                result.AddError($"--reason must be a sentence of at most {Longest} characters.");
            }
        });
        return option;
    }
}
