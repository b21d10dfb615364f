using Custody.Core.Vaults;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Time.Testing;
using Net.Pkcs11Interop.Common;
using Xunit;

namespace Custody.Vaults.Tests.Pkcs11;

public sealed class Pkcs11RulesTests
{
    [Theory]
    [InlineData("C_Login", CKR.CKR_PIN_INCORRECT, VaultFault.WrongPin)]
    [InlineData("C_Login", CKR.CKR_PIN_EXPIRED, VaultFault.WrongPin)]
    [InlineData("C_Login", CKR.CKR_PIN_LOCKED, VaultFault.PinLocked)]
    [InlineData("C_OpenSession", CKR.CKR_TOKEN_NOT_PRESENT, VaultFault.TokenMissing)]
    [InlineData("C_SignInit", CKR.CKR_OBJECT_HANDLE_INVALID, VaultFault.TokenMissing)]
    [InlineData("C_SignInit", CKR.CKR_KEY_FUNCTION_NOT_PERMITTED, VaultFault.KeyNotAttested)]
    [InlineData("C_SignInit", CKR.CKR_HOST_MEMORY, VaultFault.Unknown)]
    [InlineData("C_Sign", CKR.CKR_OBJECT_HANDLE_INVALID, VaultFault.Unknown)]
    [InlineData("C_Sign", CKR.CKR_DEVICE_ERROR, VaultFault.Unknown)]
    [InlineData("C_Sign", CKR.CKR_DATA_LEN_RANGE, VaultFault.BadDigest)]
    [InlineData("C_Sign", CKR.CKR_CRYPTOKI_NOT_INITIALIZED, VaultFault.TokenMissing)]
    [InlineData("C_Sign", CKR.CKR_VENDOR_DEFINED, VaultFault.Unknown)]
    public void FaultOf_EachCode_IsItsFault(string method, CKR code, VaultFault expected) =>
        Assert.Equal(expected, ReturnCodes.FaultOf(new Pkcs11Exception(method, code)));

    [Theory]
    [InlineData(false, false, null)]
    [InlineData(false, true, VaultFault.WrongPin)]
    [InlineData(true, false, VaultFault.PinLocked)]
    [InlineData(true, true, VaultFault.PinLocked)]
    public void TriesRefusal_LockedOrLastTry_OffersNoPin(bool locked, bool finalTry, VaultFault? expected) =>
        Assert.Equal(expected, TokenLoginKeeper.TriesRefusal(locked, finalTry)?.Fault);

    [Fact]
    public void TryTake_TokenStaysAway_WaitsDoubleEachTimeUpToTheLongest()
    {
        var time = new FakeTimeProvider();
        var backoff = new RecoveryBackoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), time);
        foreach (var seconds in new[] { 1, 2, 4, 5, 5 })
        {
            Assert.True(backoff.TryTake());
            time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.False(backoff.TryTake());
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        backoff.Reset();
        Assert.True(backoff.TryTake());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(backoff.TryTake());
    }

    [Fact]
    public void PointOf_WrappedAndBare_IsThePoint()
    {
        byte[] point = [4, .. Enumerable.Range(0, 64).Select(i => (byte)i)];

        Assert.Equal(point, EcParameters.PointOf(point));
        Assert.Equal(point, EcParameters.PointOf([4, 65, .. point]));
    }

    [Fact]
    public void PointOf_AnythingElse_IsNull()
    {
        byte[] point = [4, .. new byte[64]];

        foreach (var wrong in new byte[][] { [], point[..64], [2, .. new byte[32]], [.. point, 0], [4, 64, .. point], [5, 65, .. point], [4, 65, 2, .. point[1..]] })
        {
            Assert.Null(EcParameters.PointOf(wrong));
        }
    }

    [Fact]
    public void CurveOf_UnknownParameters_IsOther()
    {
        Assert.Equal(EllipticCurve.Other, EcParameters.CurveOf([]));
        Assert.Equal(EllipticCurve.Other, EcParameters.CurveOf([6, 5, 0x2b, 0x81, 4, 0, 0x22]));
        Assert.Equal(EllipticCurve.P256, EcParameters.CurveOf(EcParameters.Of(EllipticCurve.P256)));
    }

    [Fact]
    public void Refusal_KeyOnAnotherCurve_IsNeverTaken()
    {
        var facts = new VaultKeyFacts("k", "", [], Sensitive: true, NeverExtractable: true, GeneratedInside: true, Modifiable: false, SignOnly: true);

        Assert.NotNull(new Pkcs11KeyFacts(EllipticCurve.Other, facts).Refusal(EllipticCurve.Other));
        Assert.Null(new Pkcs11KeyFacts(EllipticCurve.P256, facts).Refusal(EllipticCurve.P256));
    }
}
