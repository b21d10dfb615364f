using System.CommandLine;
using Custody.Core.Intents;

namespace Custody.Cli.CommandLine;

/// <summary>The argument that names an approver's device.</summary>
internal static class DeviceArgument
{
    public static Argument<string> Create(string description)
    {
        var argument = new Argument<string>("DEVICE") { Description = description };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (token.Value.Split('/') is not [var approver, var device] || !Identifier.IsValid(approver) || !Identifier.IsValid(device)))
            {
                result.AddError($"'{token.Value}' is not a device: APPROVER/DEVICE.");
            }
        });
        return argument;
    }
}
