using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Io;

namespace PetShop.TestHost;

/// <summary>A browser without script: keeps cookies, follows redirects on demand, fills in and posts forms.</summary>
public sealed class TestVisitor : IDisposable
{
    private readonly IBrowsingContext _parser = BrowsingContext.New(Configuration.Default);
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, UseProxy = false };

    public TestVisitor(Uri address, Action<HttpClient>? configure = null)
    {
        _handler.CookieContainer = Cookies;
        Client = new HttpClient(_handler) { BaseAddress = address };
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36");
        Client.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml");
        configure?.Invoke(Client);
    }

    public HttpClient Client { get; }
    public CookieContainer Cookies { get; } = new();

    /// <summary>Names of the cookies the shop has set.</summary>
    public IReadOnlyList<string> CookieNames => Cookies.GetCookies(Client.BaseAddress!).Select(c => c.Name).ToList();

    /// <summary>The page at <paramref name="path"/> after redirects; fails unless it answers with success.</summary>
    public async Task<IHtmlDocument> GetAsync(string path)
    {
        using var response = await FollowAsync(await Client.GetAsync(path));
        return await ParseAsync(response.EnsureSuccess());
    }

    /// <summary>Posts a form of a page with its own fields and <paramref name="fields"/> over them; returns the page it leads to.</summary>
    public async Task<IHtmlDocument> SubmitAsync(IElement form, params (string Name, string? Value)[] fields)
    {
        using var response = await FollowAsync(await PostAsync(form, fields));
        return await ParseAsync(response.EnsureSuccess());
    }

    /// <summary>Posts a form and returns the bare answer, before any redirect.</summary>
    public Task<HttpResponseMessage> PostAsync(IElement form, params (string Name, string? Value)[] fields)
    {
        var html = (IHtmlFormElement)form;
        var values = FieldsOf(html);
        foreach (var group in fields.GroupBy(f => f.Name))
        {
            values.RemoveAll(v => v.Key == group.Key);
            values.AddRange(group.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!)));
        }
        var action = html.GetAttribute("action");
        return Client.PostAsync(string.IsNullOrEmpty(action) ? new Uri(html.BaseUri).PathAndQuery : action, new FormUrlEncodedContent(values));
    }

    private static List<KeyValuePair<string, string>> FieldsOf(IHtmlFormElement form)
    {
        List<KeyValuePair<string, string>> values = [];
        foreach (var element in form.Elements)
            switch (element)
            {
                case IHtmlInputElement { Name.Length: > 0 } input when input.Type is not ("submit" or "button" or "image" or "file")
                        && (input.Type is not ("checkbox" or "radio") || input.IsChecked):
                    values.Add(new(input.Name, input.Value));
                    break;
                case IHtmlSelectElement { Name.Length: > 0 } select:
                    values.AddRange(select.SelectedOptions.Select(o => KeyValuePair.Create(select.Name!, o.Value)));
                    break;
                case IHtmlTextAreaElement { Name.Length: > 0 } area:
                    values.Add(new(area.Name!, area.Value));
                    break;
            }
        return values;
    }

    private async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage response)
    {
        for (var hops = 0; hops < 10 && response.Headers.Location is { } location; hops++)
        {
            var next = new Uri(response.RequestMessage!.RequestUri!, location);
            response.Dispose();
            response = await Client.GetAsync(next);
        }
        return response;
    }

    /// <summary>The body of a response as a document that knows its address.</summary>
    public async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        return (IHtmlDocument)await _parser.OpenAsync(r => r.Content(body).Address(response.RequestMessage!.RequestUri!).Header(HeaderNames.ContentType, "text/html; charset=utf-8"));
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
        _parser.Dispose();
    }
}

/// <summary>A failure that shows what the server said.</summary>
public static class ResponseChecks
{
    public static HttpResponseMessage EnsureSuccess(this HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return response;
        var body = response.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        throw new HttpRequestException(
            $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {body[..Math.Min(body.Length, 2000)]}");
    }
}
