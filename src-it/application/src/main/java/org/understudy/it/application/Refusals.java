package org.understudy.it.application;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.understudy.ReplicationException;

/** Answers with 503 and the exception's name and message where the environment refused something. */
@Provider
public class Refusals implements ExceptionMapper<ReplicationException> {

    @Override
    public Response toResponse(ReplicationException refusal) {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .type(MediaType.TEXT_PLAIN)
                .entity(refusal.getClass().getSimpleName() + ": " + refusal.getMessage())
                .build();
    }
}
