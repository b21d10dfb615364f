using Custody.Core.Vaults;
using Custody.Vaults.Pkcs11;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;
using Xunit;

namespace Custody.Vaults.Tests.Pkcs11;

public sealed class KeyAttestationTests : IDisposable
{
    private const string KeyId = "lax";
    private readonly TestToken _token = TestToken.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _token.Dispose();

    [Theory]
    [InlineData(CKA.CKA_EXTRACTABLE, true, "extractable")]
    [InlineData(CKA.CKA_SENSITIVE, false, "sensitive")]
    [InlineData(CKA.CKA_MODIFIABLE, true, "modifiable")]
    [InlineData(CKA.CKA_DECRYPT, true, "other uses")]
    [InlineData(CKA.CKA_UNWRAP, true, "other uses")]
    [InlineData(CKA.CKA_DERIVE, true, "other uses")]
    [InlineData(CKA.CKA_SIGN_RECOVER, true, "other uses")]
    [InlineData(CKA.CKA_SIGN, false, "other uses")]
    public async Task SignAsync_KeyGeneratedWithAWrongAttribute_IsNotAttested(CKA attribute, bool value, string expected)
    {
        await GenerateAsync(EllipticCurve.Secp256k1, (attribute, value));

        await AssertRefusedAsync(expected);
    }

    // It was extractable once, so a copy may exist; that it no longer is changes nothing.
    [Fact]
    public async Task SignAsync_KeyMadeStrictAfterwards_IsNotAttested()
    {
        await GenerateAsync(
            EllipticCurve.Secp256k1, (CKA.CKA_EXTRACTABLE, true), (CKA.CKA_SENSITIVE, false), (CKA.CKA_MODIFIABLE, true));
        await OnTokenAsync(session =>
        {
            var attributes = session.Factories.ObjectAttributeFactory;
            session.SetAttributeValue(
                session.FindAllObjects([attributes.Create(CKA.CKA_CLASS, CKO.CKO_PRIVATE_KEY)])[0],
                [attributes.Create(CKA.CKA_EXTRACTABLE, false), attributes.Create(CKA.CKA_SENSITIVE, true)]);
        });

        await AssertRefusedAsync("is or was extractable");
    }

    [Fact]
    public async Task SignAsync_KeyBroughtFromOutside_IsNotAttested()
    {
        var key = new Ecdsa.TestKey([1]);
        await OnTokenAsync(session =>
        {
            session.CreateObject([.. Strict(session, CKO.CKO_PRIVATE_KEY), session.Factories.ObjectAttributeFactory.Create(CKA.CKA_VALUE, key.Scalar)]);
            session.CreateObject(
            [
                .. Common(session, CKO.CKO_PUBLIC_KEY),
                session.Factories.ObjectAttributeFactory.Create(CKA.CKA_EC_POINT, [4, 65, .. key.PublicKey]),
            ]);
        });

        await AssertRefusedAsync("was not generated inside the token");
    }

    [Fact]
    public async Task SignAsync_TwoKeysWithOneId_IsNotAttested()
    {
        await GenerateAsync(EllipticCurve.Secp256k1);
        await GenerateAsync(EllipticCurve.Secp256k1);

        await AssertRefusedAsync("2 private and 2 public");
    }

    [Fact]
    public async Task SignAsync_P256KeyThatIsStrict_IsNotAttested()
    {
        await GenerateAsync(EllipticCurve.P256);

        await AssertRefusedAsync("not a Secp256k1 key");
    }

    [Fact]
    public async Task SignAsync_SameTemplateWithNothingWrong_Signs()
    {
        await GenerateAsync(EllipticCurve.Secp256k1);
        await using var vault = _token.Vault();

        Assert.IsType<VaultSigning.Signed>(await vault.SignAsync(KeyId, new byte[32], Cancellation));
    }

    private async Task AssertRefusedAsync(string expected)
    {
        await using var vault = _token.Vault();
        for (var i = 0; i < 2; i++)
        {
            var faulted = Assert.IsType<VaultSigning.Faulted>(await vault.SignAsync(KeyId, new byte[32], Cancellation));
            Assert.Equal(VaultFault.KeyNotAttested, faulted.Fault);
            Assert.Contains(expected, faulted.Detail, StringComparison.Ordinal);
        }
    }

    private Task GenerateAsync(EllipticCurve curve, params (CKA Attribute, bool Value)[] wrong) => OnTokenAsync(session =>
    {
        var attributes = session.Factories.ObjectAttributeFactory;
        var privateTemplate = Strict(session, CKO.CKO_PRIVATE_KEY, withParameters: false)
            .Where(attribute => wrong.All(one => (ulong)one.Attribute != attribute.Type))
            .Concat(wrong.Select(one => attributes.Create(one.Attribute, one.Value)));
        using var mechanism = session.Factories.MechanismFactory.Create(CKM.CKM_EC_KEY_PAIR_GEN);
        session.GenerateKeyPair(mechanism, Common(session, CKO.CKO_PUBLIC_KEY, curve), [.. privateTemplate], out _, out _);
    });

    private async Task OnTokenAsync(Action<ISession> act)
    {
        await using var pool = _token.Pool();
        var answer = await pool.RunAsync<int>(
            session =>
            {
                act(session.Session);
                return new Pkcs11Answer<int>.Done(0);
            },
            Cancellation,
            SessionType.ReadWrite);
        Assert.True(answer is Pkcs11Answer<int>.Done, $"{answer}");
    }

    private static List<IObjectAttribute> Common(
        ISession session, CKO kind, EllipticCurve? curve = EllipticCurve.Secp256k1)
    {
        var attributes = session.Factories.ObjectAttributeFactory;
        List<IObjectAttribute> common =
        [
            attributes.Create(CKA.CKA_CLASS, kind), attributes.Create(CKA.CKA_KEY_TYPE, CKK.CKK_EC), attributes.Create(CKA.CKA_TOKEN, true),
            attributes.Create(CKA.CKA_ID, KeyId), attributes.Create(CKA.CKA_LABEL, KeyId),
        ];
        if (curve is { } named)
        {
            common.Add(attributes.Create(CKA.CKA_EC_PARAMS, EcParameters.Of(named)));
        }

        return common;
    }

    private static List<IObjectAttribute> Strict(ISession session, CKO kind, bool withParameters = true)
    {
        var attributes = session.Factories.ObjectAttributeFactory;
        return
        [
            .. Common(session, kind, withParameters ? EllipticCurve.Secp256k1 : null),
            attributes.Create(CKA.CKA_PRIVATE, true), attributes.Create(CKA.CKA_MODIFIABLE, false), attributes.Create(CKA.CKA_SENSITIVE, true),
            attributes.Create(CKA.CKA_EXTRACTABLE, false), attributes.Create(CKA.CKA_SIGN, true), attributes.Create(CKA.CKA_SIGN_RECOVER, false),
            attributes.Create(CKA.CKA_DECRYPT, false), attributes.Create(CKA.CKA_UNWRAP, false), attributes.Create(CKA.CKA_DERIVE, false),
        ];
    }
}
