using System.Security.Cryptography;
using System.Text;
using Custody.Core.Screening;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>A sanctions list that the plan itself holds, for a demonstration without a file.</summary>
/// <param name="Source">The list; the screening terms must name it.</param>
/// <param name="Addresses">The addresses.</param>
public sealed record SanctionsListPlan(string Source, IReadOnlyList<string> Addresses)
{
    /// <summary>The list as of <paramref name="now"/>; its file is the addresses, one a line.</summary>
    public SanctionsList At(DateTimeOffset now)
    {
        var file = Encoding.UTF8.GetBytes(string.Concat(Addresses.Select(a => $"{a}\n")));
        return new SanctionsList(
            1, Source, now, Convert.ToHexStringLower(SHA256.HashData(file)), file.Length,
            SanctionsList.Order(Addresses.Select(a => new SanctionsEntry(SanctionedAddress.Canonical(a) ?? a, "unknown", "plan", "of the plan"))));
    }
}
