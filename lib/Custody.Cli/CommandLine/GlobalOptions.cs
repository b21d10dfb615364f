using System.CommandLine;

namespace Custody.Cli.CommandLine;

/// <summary>The options that every command has; read by name, since each root command has options of its own.</summary>
internal static class GlobalOptions
{
    public const string Home = "--home";
    public const string Profile = "--profile";
    public const string Api = "--api";
    public const string Json = "--json";

    public static IEnumerable<Option> Create() =>
    [
        new Option<string>(Home) { Description = "The folder of profiles and keys (default .custody, or CUSTODY_HOME).", Recursive = true, HelpName = "DIR" },
        new Option<string>(Profile, "-p") { Description = "Who speaks; may be left out when only one profile fits.", Recursive = true, HelpName = "NAME" },
        new Option<string>(Api) { Description = "The API's base URL, instead of the profile's.", Recursive = true, HelpName = "URL" },
        new Option<bool>(Json) { Description = "One JSON document on standard output; problems as JSON on standard error.", Recursive = true },
    ];
}
