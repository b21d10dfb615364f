namespace Custody.Vaults.Pkcs11;

/// <summary>What a module says of a token.</summary>
/// <param name="SlotId">The slot that it is in.</param>
/// <param name="Label">Its label.</param>
/// <param name="Serial">Its serial number.</param>
/// <param name="Manufacturer">Who made it.</param>
/// <param name="Model">Which model it is.</param>
/// <param name="FirmwareVersion">Its firmware's version.</param>
/// <param name="PinLocked">The user PIN is locked.</param>
/// <param name="PinTriesLow">A wrong PIN was offered since the last login.</param>
/// <param name="HardwareVersion">Its hardware's version.</param>
public sealed record Pkcs11TokenFacts(
    ulong SlotId, string Label, string Serial, string Manufacturer, string Model, string FirmwareVersion, bool PinLocked, bool PinTriesLow,
    string HardwareVersion)
{
    /// <summary>What governance lists of it: model and firmware's version, such as <c>SoftHSM v2 2.6</c>.</summary>
    public string Firmware => $"{Model} {FirmwareVersion}".Trim();
}
