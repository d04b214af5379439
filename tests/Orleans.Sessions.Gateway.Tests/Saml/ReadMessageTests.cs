using System.Text;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Gateway.Tests.Saml.Harness;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>The fields that are read from requests, and the messages that are not requests.</summary>
public sealed class ReadMessageTests
{
    [Fact]
    public void Everything_a_login_depends_on_is_read()
    {
        var xml = Messages.AuthnRequest(
            attributes: "ForceAuthn=\"1\" IsPassive=\"false\" Destination=\"https://idp.example/SSO\" AssertionConsumerServiceURL=\"https://sp.example/acs\" ProtocolBinding=\"b\"",
            content: """
            <saml:Subject><saml:NameID>minnie</saml:NameID></saml:Subject>
            <samlp:NameIDPolicy Format="f" AllowCreate="true"/>
            <samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>one</saml:AuthnContextClassRef>
              <saml:AuthnContextClassRef>two</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>
            """
        );

        var request = AuthnRequestMessage.Read(Messages.Posted(xml, "relay")!)!;

        Assert.Equal(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero), request.IssueInstant);
        Assert.True(request is { ForceAuthn: true, IsPassive: false, AcsIndex: null });
        Assert.Equal(
            ("https://idp.example/SSO", "https://sp.example/acs", "b", "f", "minnie", "minimum"),
            (request.Destination, request.AcsUrl, request.ProtocolBinding, request.NameIdFormat, request.Subject, request.ContextComparison)
        );
        Assert.Equal(["one", "two"], request.ContextClasses);
    }

    [Theory]
    [InlineData("Version=\"2.0\"", "Version=\"1.1\"")]
    [InlineData("ID=\"_r1\"", "ID=\"1r\"")]
    [InlineData("ID=\"_r1\"", "")]
    [InlineData("2026-11-24T10:00:00Z", "yesterday")]
    [InlineData("AuthnRequest", "AttributeQuery")]
    [InlineData("SAML:2.0:protocol", "SAML:1.0:protocol")]
    [InlineData("<saml:Issuer>https://sp.example</saml:Issuer>", "")]
    [InlineData("<saml:Issuer>", "<saml:Issuer>a</saml:Issuer><saml:Issuer>")]
    [InlineData("<saml:Issuer>", "<saml:Issuer Format=\"urn:other\">")]
    [InlineData("https://sp.example<", "<b>https://sp.example</b><")]
    public void What_is_not_as_it_must_be_is_no_request(string good, string bad)
    {
        var xml = Messages.AuthnRequest().Replace(good, bad, StringComparison.Ordinal);

        Assert.Null(AuthnRequestMessage.Read(Messages.Posted(xml)!));
        Assert.NotNull(MessageHead.FaultOf(Messages.Posted(xml)!, "AuthnRequest"));
    }

    [Fact]
    public void What_is_wrong_with_a_message_is_named()
    {
        Assert.Null(MessageHead.FaultOf(Messages.Posted(Messages.AuthnRequest())!, "AuthnRequest"));
        foreach (
            var (good, bad, field) in new[]
            {
                ("Version=\"2.0\"", "Version=\"1.1\"", "Version"),
                ("ID=\"_r1\"", "ID=\"1r\"", "ID"),
                ("2026-11-24T10:00:00Z", "yesterday", "IssueInstant"),
                ("<saml:Issuer>", "<saml:Issuer><!-- -->", "Issuer"),
            }
        )
        {
            var xml = Messages.AuthnRequest().Replace(good, bad, StringComparison.Ordinal);
            Assert.StartsWith($"its {field} ", MessageHead.FaultOf(Messages.Posted(xml)!, "AuthnRequest"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ForceAuthn=\"maybe\"")]
    [InlineData("AssertionConsumerServiceIndex=\"-1\"")]
    [InlineData("AssertionConsumerServiceIndex=\"70000\"")]
    public void Values_of_no_meaning_are_refused(string attribute) =>
        Assert.Null(AuthnRequestMessage.Read(Messages.Posted(Messages.AuthnRequest(attributes: attribute))!));

    [Theory]
    [InlineData("<saml:Subject><saml:EncryptedID/></saml:Subject>")]
    [InlineData("<saml:Subject><saml:BaseID/></saml:Subject>")]
    [InlineData("<saml:Subject><saml:NameID> </saml:NameID></saml:Subject>")]
    [InlineData("<saml:Subject><saml:NameID>minnie</saml:NameID><saml:NameID>mickey</saml:NameID></saml:Subject>")]
    [InlineData("<saml:Subject><saml:NameID>minnie</saml:NameID></saml:Subject><saml:Subject/>")]
    public void A_subject_that_cannot_be_read_is_not_left_out(string content) =>
        Assert.Null(AuthnRequestMessage.Read(Messages.Posted(Messages.AuthnRequest(content: content))!));

    [Fact]
    public void A_subject_without_a_name_is_whoever_likes() =>
        Assert.Null(
            AuthnRequestMessage
                .Read(
                    Messages.Posted(
                        Messages.AuthnRequest(
                            content: "<saml:Subject><saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"/></saml:Subject>"
                        )
                    )!
                )!
                .Subject
        );

    [Theory]
    [InlineData("<saml:AuthnContextDeclRef>https://sp.example/strong</saml:AuthnContextDeclRef>")]
    [InlineData("<saml:AuthnContextClassRef> </saml:AuthnContextClassRef>")]
    public void A_context_that_names_no_class_is_not_left_out(string reference)
    {
        var request = AuthnRequestMessage.Read(
            Messages.Posted(Messages.AuthnRequest(content: $"<samlp:RequestedAuthnContext>{reference}</samlp:RequestedAuthnContext>"))!
        )!;

        Assert.Null(ContextClasses.Wanted(request.ContextClasses, request.ContextComparison));
    }

    [Fact]
    public void All_sessions_of_a_logout_are_read_and_one_that_cannot_be_does_not_mean_all()
    {
        static LogoutRequestMessage? Read(params IEnumerable<string> others) =>
            LogoutRequestMessage.Read(
                Messages.Posted(
                    Messages
                        .LogoutRequest()
                        .Replace(
                            "</samlp:LogoutRequest>",
                            string.Concat(others.Select(index => $"<samlp:SessionIndex>{index}</samlp:SessionIndex>"))
                                + "</samlp:LogoutRequest>",
                            StringComparison.Ordinal
                        )
                )!
            );

        Assert.Equal(61, Read(Enumerable.Range(2, 60).Select(i => $"s{i}"))!.SessionIndexes.Distinct().Count());
        Assert.Null(Read(""));
        Assert.Null(Read("<x>s2</x>"));
    }

    [Fact]
    public void A_value_with_a_comment_inside_is_refused_and_a_comment_between_values_is_not()
    {
        Assert.Null(LogoutRequestMessage.Read(Messages.Posted(Messages.LogoutRequest("admin<!-- -->.evil.example"))!));

        var between = Messages.LogoutRequest().Replace("<saml:NameID>", "<!-- who --><saml:NameID>", StringComparison.Ordinal);
        var request = LogoutRequestMessage.Read(Messages.Posted(between)!)!;

        Assert.Equal("minnie", request.NameId);
        Assert.Equal(["s1"], request.SessionIndexes);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "&e;")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>", "&c;")]
    [InlineData("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">", "x")]
    [InlineData("<?xml-stylesheet href=\"x\"?>", "x")]
    public void No_document_type_nor_instruction_is_taken(string prologue, string issuer) =>
        Assert.Null(Messages.Posted(prologue + Messages.AuthnRequest(issuer: issuer)));

    [Fact]
    public void Depth_and_size_have_limits()
    {
        var deep = string.Concat(Enumerable.Repeat("<x>", 40)) + string.Concat(Enumerable.Repeat("</x>", 40));
        var large = new string('x', XmlLimits.Message.MaxCharacters);

        Assert.Null(Messages.Posted(Messages.AuthnRequest(content: deep)));
        Assert.Null(Messages.Posted(Messages.AuthnRequest(content: large)));
        Assert.Null(SamlMessage.ReadRedirect($"?SAMLRequest={Messages.Deflated(new string(' ', 50_000_000))}", "SAMLRequest"));
        Assert.Null(Messages.Posted(Messages.AuthnRequest(), new string('r', 4097)));
        Assert.NotNull(Messages.Posted(Messages.AuthnRequest(), new string('r', 4096)));
    }

    [Fact]
    public void What_makes_canonicalization_slow_has_limits()
    {
        static string Many(int count, Func<int, string> each) => string.Join(' ', Enumerable.Range(0, count).Select(each));

        Assert.NotNull(Messages.Posted(Messages.AuthnRequest(attributes: Many(50, i => $"a{i}=\"\""), content: Many(500, _ => "<x/>"))));
        Assert.Null(Messages.Posted(Messages.AuthnRequest(attributes: Many(100, i => $"a{i}=\"\""))));
        Assert.Null(Messages.Posted(Messages.AuthnRequest(attributes: Many(100, i => $"xmlns:n{i}=\"n\""))));
        Assert.Null(Messages.Posted(Messages.AuthnRequest(content: Many(1500, _ => "<x xmlns=\"n\"/>"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?SAMLRequest=")]
    [InlineData("?SAMLRequest=%%%")]
    [InlineData("?SAMLRequest=AAAA")]
    [InlineData("?RelayState=x")]
    public void A_query_without_a_message_has_none(string query) => Assert.Null(SamlMessage.ReadRedirect(query, "SAMLRequest"));

    [Fact]
    public void A_form_without_a_message_has_none()
    {
        Assert.Null(SamlMessage.ReadPost("", null));
        Assert.Null(SamlMessage.ReadPost("!!!", null));
        Assert.Null(SamlMessage.ReadPost(Convert.ToBase64String([0xff, 0xfe]), null));
        Assert.Null(SamlMessage.ReadPost(Convert.ToBase64String(Encoding.UTF8.GetBytes("<a><b></a>")), null));
    }
}
