using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;

namespace Custody.Cli.CommandLine;

/// <summary>One command being carried out: its arguments and the world around it.</summary>
internal sealed class CommandContext(ParseResult arguments, CliEnvironment environment)
{
    public CliEnvironment Environment { get; } = environment;

    public bool Json { get; } = arguments.GetValue<bool>(GlobalOptions.Json);

    public CustodyHome Home { get; } = new(arguments.GetValue<string>(GlobalOptions.Home) ?? environment.Variable(CustodyHome.Variable) ?? CustodyHome.DefaultPath);

    /// <summary>Now, cut to the whole second that documents hold.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(Environment.Time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The API's base URL from the command line; null when the profile says it.</summary>
    public string? Api => arguments.GetValue<string>(GlobalOptions.Api);

    public T? Value<T>(Option<T> option) => arguments.GetValue(option);

    public T Value<T>(Argument<T> argument) => arguments.GetRequiredValue(argument);

    /// <summary>An argument that may be left out.</summary>
    public T? Optional<T>(Argument<T> argument) => arguments.GetValue(argument);

    /// <summary>The profile alone, for a command that asks the API nothing.</summary>
    public Step<NamedProfile> Profile(IReadOnlyList<ProfileKind> kinds) => Home.Find(arguments.GetValue<string>(GlobalOptions.Profile), kinds);

    /// <summary>The profile, its key and the API, for a command of these kinds of callers.</summary>
    public Step<Session> Open(params IReadOnlyList<ProfileKind> kinds)
    {
        if (Profile(kinds).Stops(out var stop, out var named))
        {
            return stop;
        }

        var api = Api ?? named.Profile.Api;
        if (!Uri.TryCreate(api, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return new CliOutcome.Usage($"'{api}' is not the API's base URL, such as http://127.0.0.1:7071.");
        }

        return SignerOpener.Open(named.Profile, Home, Environment.Time).Stops(out stop, out var signer)
            ? stop
            : new Session(named.Profile, Home, signer, new CustodyApi(named.Profile, url, signer.Signer, Environment.Time));
    }
}
