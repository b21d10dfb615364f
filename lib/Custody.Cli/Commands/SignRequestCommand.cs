using System.CommandLine;
using System.Text.Json.Nodes;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Core.Intents;
using Custody.Core.Signatures;

namespace Custody.Cli.Commands;

/// <summary><c>custody sign-request</c>: the signature header of a request body, for curl.</summary>
internal static class SignRequestCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "The request body; post exactly these bytes." };
        return new Command("sign-request", "Print X-Custody-Signature for a request body.") { file }
            .Runs(environment, [ProfileKind.Client], async (context, session, cancellation) =>
            {
                var path = context.Value(file);
                if (!File.Exists(path))
                {
                    return new CliOutcome.Usage($"There is no file '{path}'; FILE must hold the request's JSON.");
                }

                var body = await File.ReadAllBytesAsync(path, cancellation);
                if (RequestReader.Read(body) is RequestReading.Invalid invalid)
                {
                    return new CliOutcome.Usage($"'{path}' is not a withdrawal request: {invalid.Detail}");
                }

                var signature = await Jws.SignAsync(session.Signer, DocumentType.Request, body, context.Now, detached: true, cancellation);
                return new CliOutcome.Done(new JsonObject { ["signature"] = signature }, _ => context.Environment.Output.WriteLine(signature));
            });
    }
}
