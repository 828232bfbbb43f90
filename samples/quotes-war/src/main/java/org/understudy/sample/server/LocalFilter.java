package org.understudy.sample.server;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.understudy.sample.common.web.Headers;
import org.understudy.sample.common.web.LocalRequests;

/** Lets in what this page asks, on this machine, also where the server listens to others. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class LocalFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter((HttpServletRequest) request, (HttpServletResponse) response, chain);
    }

    private static void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Headers.ALL.forEach(response::setHeader);
        if (InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                && LocalRequests.allows(header(request, "Host"), header(request, "Origin"))) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "Only this page, on this machine, may ask that.");
        }
    }

    private static Optional<String> header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }
}
